/** The queues, and how each one hands out its callers. */
export const QUEUES: readonly (readonly [name: string, strategy: string])[] = [
  ["support", "leastrecent"],
  ["sales", "rrmemory"],
  ["billing", "ringall"],
];

/** Which queues an agent serves, in turns. */
export const SERVED: readonly (readonly string[])[] = [
  ["support"],
  ["sales"],
  ["support", "billing"],
  ["sales", "support"],
  ["billing"],
];

/** The agents. */
export const AGENT_NAMES: readonly string[] = [
  "Alice Jones",
  "Bob Smith",
  "Carla Rossi",
  "Dmitri Volkov",
  "Emma Müller",
  "Farid Haddad",
  "Grace Okafor",
  "Hiro Tanaka",
  "Ines Duarte",
  "Jonas Berg",
  "Kemal Yıldız",
  "Léa Martin",
];

/** Those who call; some do not tell their name. */
export const CALLER_NAMES: readonly string[] = [
  "Olivia Baker",
  "",
  "Noah Clark",
  "Maeve O'Brien",
  "",
  "Sofía Núñez",
  "Acme & Sons",
  "",
  "Priya Patel",
  "Jan Kowalski",
];

/** Why agents pause. */
export const REASONS: readonly string[] = [
  "Lunch",
  "Break",
  "Training",
  "Paperwork",
];
