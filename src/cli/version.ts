import configuration from "../../deno.json" with { type: "json" };

/** The version of DAMI. */
export const version: string = configuration.version;
