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
  nats: { value: "HOST:PORT", summary: "NATS server" },
  "nats-creds": {
    value: "FILE",
    summary: "With --nats: file with the credentials (JWT and seed)",
    completes: "file",
  },
  "nats-user": { value: "NAME", summary: "With --nats: user" },
  "nats-password-file": {
    value: "FILE",
    summary: "With --nats-user: file that holds the password",
    completes: "file",
  },
  "nats-ca": {
    value: "FILE",
    summary: "With --nats: certificate to trust (PEM); implies TLS",
    completes: "file",
  },
};
