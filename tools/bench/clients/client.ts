/**
 * Takes the three headers that are read of an event.
 *
 * @param event Its name.
 * @param channel Its `Channel`, where there is one.
 * @param uniqueid Its `Uniqueid`, where there is one.
 */
export type Tally = (
  event: unknown,
  channel: unknown,
  uniqueid: unknown,
) => void;

/** A client that is logged in, used as its own documentation says. */
export interface Client {
  /** Listens to every event, with one listener. */
  onEveryEvent(tally: Tally): void;
  /** Listens to the events of one name. */
  onEvent(name: string, tally: Tally): void;
  /** Reads every event with an iterator, where the client has one. */
  iterate?(tally: Tally): void;
  /** Sends an action, and waits for its response. */
  act(action: string, headers: Record<string, string>): Promise<unknown>;
  /** The value of a variable. */
  getvar(variable: string): Promise<unknown>;
  /** The channels of a list with so many items, where the client collects lists. */
  list?(count: number): Promise<unknown[]>;
  /** The lines of output of a console command, where the client can. */
  command?(command: string): Promise<unknown>;
}

/** The exports of each client's file, except those of the floors. */
export interface ClientModule {
  /** Connects and logs in. */
  connect(port: number): Promise<Client>;
}

/** A floor: the work that every client has to do at least. */
export interface Floor {
  /** Has so many events replayed, and reads them all. */
  replay?(count: number): Promise<void>;
  /** Sends so many actions, some together, and reads all answers. */
  ask?(count: number, together: number): Promise<void>;
}

/** The exports of a floor's file. */
export interface FloorModule {
  /** Connects and logs in. */
  connectFloor(port: number): Promise<Floor>;
}
