import type { OptionSpecs } from "./command.ts";

/** The option that says under which name actions are asked for. */
export const CALLER_OPTION: OptionSpecs = {
  "nats-caller": {
    value: "NAME",
    summary: "With --nats: the name in the subjects of actions",
  },
};

/** The options that say how to connect to NATS. */
export const NATS_OPTIONS: OptionSpecs = {
  nats: { value: "HOST:PORT", summary: "The server of NATS" },
  "nats-creds": {
    value: "FILE",
    summary: "With --nats: the file with the credentials (JWT and seed)",
    completes: "file",
  },
  "nats-user": { value: "NAME", summary: "With --nats: the user" },
  "nats-password-file": {
    value: "FILE",
    summary: "With --nats-user: the file that holds the password",
    completes: "file",
  },
  "nats-ca": {
    value: "FILE",
    summary: "With --nats: the certificate to trust (PEM); encrypts",
    completes: "file",
  },
};
