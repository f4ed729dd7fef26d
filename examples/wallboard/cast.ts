/** A queue, and how it hands out its callers. */
export interface QueueRole {
  readonly name: string;
  readonly strategy: string;
}

/** An agent. */
export interface AgentRole {
  readonly name: string;
  /** The number of the phone. */
  readonly extension: string;
  /** The names of the queues that the agent serves. */
  readonly queues: readonly string[];
}

/** The people of a call centre. */
export interface Cast {
  readonly queues: readonly QueueRole[];
  readonly agents: readonly AgentRole[];
}

/** The size of a {@linkcode Cast}. */
export interface CastSize {
  /**
   * The number of agents.
   *
   * @default {12}
   */
  agents?: number;
  /**
   * The number of queues.
   *
   * @default {3}
   */
  queues?: number;
}

const STRATEGIES = ["leastrecent", "rrmemory", "ringall"] as const;

const QUEUE_NAMES = [
  "support",
  "sales",
  "billing",
  "returns",
  "orders",
  "hotline",
  "parts",
  "rentals",
  "claims",
  "renewals",
];

const PLACES = ["north", "south", "east", "west"];

const AGENT_NAMES = [
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

/** The queues of each agent, in turns, as steps from the agent's own queue on. */
const SERVED: readonly (readonly number[])[] = [[0], [0, 2], [0], [0, 1], [0]];

/** The callers; some do not send their name. */
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

/** The reasons for which agents pause. */
export const REASONS: readonly string[] = [
  "Lunch",
  "Break",
  "Training",
  "Paperwork",
];

/**
 * Makes the people of a call centre.
 *
 * @param size The numbers of queues and agents.
 * @returns The queues and the agents; each queue has some, if there are enough.
 */
export function makeCast({ agents = 12, queues = 3 }: CastSize = {}): Cast {
  const names = Array.from({ length: queues }, (_, index) => queueName(index));
  return {
    queues: names.map((name, index) => ({
      name,
      strategy: turn(STRATEGIES, index),
    })),
    agents: Array.from({ length: agents }, (_, index) => ({
      name: agentName(index),
      extension: `${6_101 + index}`,
      queues: [
        ...new Set(
          turn(SERVED, index).map((step) => turn(names, index + step)),
        ),
      ],
    })),
  };
}

/** `support`, and once all names are taken `support north`. */
function queueName(index: number): string {
  const place = Math.floor(index / QUEUE_NAMES.length);
  const name = turn(QUEUE_NAMES, index);
  return place === 0 ? name : `${name} ${turn(PLACES, place - 1)}`;
}

/** Names, and once all are taken first names with other surnames. */
function agentName(index: number): string {
  const round = Math.floor(index / AGENT_NAMES.length);
  if (round === 0) return turn(AGENT_NAMES, index);
  const [first] = turn(AGENT_NAMES, index).split(" ");
  const [, surname] = turn(AGENT_NAMES, index + round).split(" ");
  const letter = String.fromCharCode(65 + Math.floor(index / 12) % 26);
  return `${first} ${letter}. ${surname}`;
}

function turn<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) {
    throw new RangeError("Cannot take turns in an empty list");
  }
  return item;
}
