/**
 * DAMI is a client for the Asterisk Manager Interface (AMI) on Deno.
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * const dami = new DAMI({ hostname: "127.0.0.1", reconnect: true });
 * dami.on("Hangup", (event) => console.log(event.Channel, event["Cause-txt"]));
 *
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * await dami.listen();
 *
 * const [response, ...endpoints] = await dami.to("PJSIPShowEndpoints");
 * console.log(response.Message, endpoints.length);
 * console.log("Listening for calls that end; press Ctrl-C to stop");
 * ```
 *
 * It listens until it is stopped, as the open connection keeps it alive. A
 * program that only asks uses `await using dami = new DAMI()`, which logs off
 * and closes at the end of its scope.
 *
 * - {@linkcode DAMI} connects, logs in, sends actions and listens to events.
 * - {@linkcode AmiClient} is its interface, for everything that is built on it.
 * - {@linkcode DAMIOptions} holds every option with its default.
 * - {@linkcode AmiError} is the base of every error.
 *
 * ## Sending actions
 *
 * Any action that the PBX knows, by its name:
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI();
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 *
 * // One response
 * const [status] = await dami.to("CoreStatus");
 * console.log(status.CoreCurrentCalls);
 *
 * // A list: the response, the items, the completion
 * const [, ...channels] = await dami.to("CoreShowChannels");
 * const complete = channels.pop();
 * console.log(channels.map((event) => event.Channel), complete?.ListItems);
 *
 * // A console command: its lines
 * const [uptime] = await dami.to("Command", { Command: "core show uptime" });
 * console.log(uptime.Output);
 *
 * // With a callback, too
 * await dami.to("Ping", {}, ([response]) => console.log(response.Ping));
 * ```
 *
 * An array repeats its header, a header that is `undefined` is left out, and
 * `Variable` takes an object. What Asterisk would cut at (`\ , " ( ) [ ]`) is
 * escaped:
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI();
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * await dami.to("Originate", {
 *   Channel: "PJSIP/6001",
 *   Context: "default",
 *   Exten: 1000,
 *   Priority: 1,
 *   Async: true,
 *   Variable: { GREETING: 'Good morning, "all"', ATTEMPT: 1 },
 * });
 * ```
 *
 * Without `Async: true`, Asterisk does nothing else on this connection until
 * the call is answered or given up: no other action, and no event. With it, the
 * answer only says that the call is queued. `originate()` waits for the
 * outcome:
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI();
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * const { outcome, cause, causeText, uniqueid } = await dami.originate({
 *   Channel: "PJSIP/6001",
 *   Context: "default",
 *   Exten: "1000",
 *   Priority: 1,
 *   Timeout: 20_000, // how long it rings (milliseconds); Asterisk's default is 30,000
 * });
 * if (outcome === "answered") console.log("Talking on", uniqueid);
 * else console.log(outcome, cause, causeText); // "busy", 17, "User busy"
 * ```
 *
 * `outcome` is `"answered"`, `"busy"`, `"rejected"`, `"no-answer"`,
 * `"congested"`, `"unreachable"` or `"failed"`. Asterisk's own `Reason` is 0
 * for a PJSIP phone, whether it was busy, declined or was not available, so
 * DAMI gives the channel an id and reads the cause with which it is hung up.
 * `uniqueid` can be given as `Channel` to `Setvar`, `Getvar` and `Hangup`. A
 * `signal` abandons the call: the promise rejects with its reason, and with
 * `hangUp: true` the channel is hung up. An extension that does not exist is an
 * `AmiResponseError`. A `Local` channel ends when its two sides are connected
 * directly: `Local/1000@default/n` stays, and keeps its `uniqueid`.
 * `examples/click_to_dial.ts` in the repository answers an HTTP request with
 * the outcome of the call.
 *
 * DAMI makes the ActionID, unless you give one: `{ ActionID: "order-66" }`, in
 * any letter case, as a string or a number of up to 64 bytes. One that is still
 * awaited is refused.
 *
 * ### Variables and transfers
 *
 * A channel is named by its name or its `Uniqueid`; both are in every event
 * about it. Without `Channel`, a variable is one of the whole PBX.
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * const dami = new DAMI();
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * dami.on("Newchannel", async ({ Uniqueid }) => {
 *   await dami.to("Setvar", {
 *     Channel: Uniqueid,
 *     Variable: "ORDER",
 *     Value: "0066",
 *   });
 *   // A function is read like a variable; a missing variable is an empty string
 *   const [{ Value }] = await dami.to("Getvar", {
 *     Channel: Uniqueid,
 *     Variable: "ORDER",
 *   });
 *   console.log(Value.length, Value); // 4 0066
 * });
 * dami.on("BridgeEnter", async ({ Channel, BridgeNumChannels }) => {
 *   if (BridgeNumChannels < 2) return;
 *   // Sends this channel elsewhere in the dialplan; add ExtraChannel for the other
 *   await dami.to("Redirect", {
 *     Channel,
 *     Context: "default",
 *     Exten: "1000",
 *     Priority: 1,
 *   });
 * });
 * await dami.listen();
 * ```
 *
 * `BlindTransfer` (`Channel`, `Context`, `Exten`) transfers the other end of a
 * channel, as the key on a telephone does, and `Atxfer` asks first; both are
 * reported by an event, `BlindTransfer` or `AttendedTransfer`, whose `Result`
 * says how it went. `Bridge` connects two channels that are up; `Redirect` and
 * `Bridge` hang up those that are left alone. `Setvar`, `Redirect` and the
 * transfers need `write = call`, `Getvar` `call` or `reporting`.
 *
 * `Atxfer` presses the keys of `atxfer` in `features.conf` for the channel. If
 * there are none, if the options of `Dial` do not allow a transfer (`t`, `T`),
 * or if the extension is not a number, nothing happens, and no event reports it.
 *
 * `VarSet`, of the class `dialplan`, reports each variable that is set, with
 * quotes and backslashes escaped: `say \"hi\"`. `Getvar` returns the value
 * itself.
 *
 * ### Configuration files and the database
 *
 * `GetConfig` numbers categories and lines, so a repeated name such as `member`
 * is never lost. `GetConfigJSON` is no substitute: Asterisk repeats `member`
 * within one object there, and `JSON.parse` keeps only the last.
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI();
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 *
 * // Read: Category-000000: support, Line-000000-000000: strategy=ringall, …
 * const [file] = await dami.to("GetConfig", {
 *   Filename: "queues.conf",
 *   Category: "support",
 * });
 * for (const [name, line] of Object.entries(file)) {
 *   if (!name.startsWith("Line-") || typeof line !== "string") continue;
 *   console.log(line.split("=")[0]);
 * }
 *
 * // Write: the numbers tie the headers of one change together
 * await dami.to("UpdateConfig", {
 *   SrcFilename: "queues.conf",
 *   DstFilename: "queues.conf",
 *   Reload: "app_queue",
 *   "Action-000000": "Update",
 *   "Cat-000000": "support",
 *   "Var-000000": "timeout",
 *   "Value-000000": 20,
 *   "Action-000001": "Append",
 *   "Cat-000001": "support",
 *   "Var-000001": "member",
 *   "Value-000001": ">PJSIP/6009", // a > in front writes member => PJSIP/6009
 * });
 *
 * // The database: a list of one entry; a missing one is an AmiResponseError
 * await dami.to("DBPut", { Family: "ivr", Key: "open", Val: "yes" });
 * const [, ...entries] = await dami.to("DBGet", { Family: "ivr", Key: "open" });
 * for (const entry of entries) {
 *   if (entry.Event === "DBGetResponse") console.log(entry.Val);
 * }
 * ```
 *
 * In `write`, `UpdateConfig` needs the class `config`, `GetConfig` `config` or
 * `system`; the database needs `system`, and to read it `reporting` is enough.
 *
 * ### How long to wait
 *
 * An action waits for its answer for `timeout` milliseconds (60,000 by
 * default), and as long again for each further frame of a list. A signal
 * abandons it:
 *
 * ```ts
 * import { AmiTimeoutError, DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI({ timeout: 10_000 });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * const controller = new AbortController();
 * try {
 *   await dami.to("Reload", { Module: "app_queue" }, {
 *     timeout: 30_000,
 *     signal: controller.signal,
 *   });
 * } catch (error) {
 *   if (error instanceof AmiTimeoutError) console.log(error.outcome);
 *   else throw error;
 * }
 * ```
 *
 * An answer that comes late, for an action that was given up, is dropped; it
 * never becomes the answer to another.
 *
 * ## Listening to events
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * const dami = new DAMI({ events: "call,agent" });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * await dami.listen();
 *
 * const remove = dami.on("Newchannel", (event) => console.log(event.Channel));
 * dami.once("QueueCallerJoin", (event) => console.log(event.Position));
 * dami.on("*", (event) => console.log(event.Event)); // every event
 *
 * const controller = new AbortController();
 * dami.on("Hangup", console.log, { signal: controller.signal });
 *
 * dami.on("Shutdown", () => {
 *   remove(); // each of these removes listeners
 *   controller.abort();
 *   dami.off("*");
 *   dami.close(); // and this ends it all
 * });
 * ```
 *
 * - There may be any number of listeners for an event, and its name is compared
 *   without letter case. They outlive the connection.
 * - Events flow from `listen()` on. Those that came before, `FullyBooted` above
 *   all, are held and follow right after it.
 * - A listener that throws or rejects harms no other, and is reported by the
 *   `error` event. Nothing waits for a listener.
 * - The items of a list go to its caller and to nobody else. Every other event
 *   goes to the listeners, also one that carries an ActionID, such as
 *   `OriginateResponse` and `UserEvent`.
 * - The option `events` is the event mask: `true`, `false`, or classes. With
 *   `"listened"` it follows the listeners, and the rest is not even sent
 *   ({@linkcode DAMIOptions.events} says what that costs).
 *
 * Or as an async iterator, which begins with the call of `events()`, outlives
 * the connection, and ends with `close()`:
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI({ reconnect: true });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * await dami.listen();
 * for await (const event of dami.events("Hangup", { maxQueue: 1_000 })) {
 *   console.log(event.Channel);
 * }
 * ```
 *
 * A slow reader holds up nobody else: the events are queued, and when the queue
 * is full the iterator ends with an `AmiLimitError`. With `overflow:
 * "drop-oldest"` the oldest event is dropped instead, and counted in `dropped`.
 *
 * ## Types for every action and event
 *
 * DAMI knows everything that Asterisk documents: 170 actions and 251 events,
 * from Asterisk's own documentation of versions 16 and 22, and from what it
 * sends beyond it. Editors complete the names, a missing parameter is an error,
 * and the fields of an event, the items of a list and the headers of a response
 * have types:
 *
 * ```ts
 * import { DAMI, type EventData, type ListItem } from "@dami/dami";
 *
 * const dami = new DAMI();
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * await dami.listen();
 *
 * // dami.to("Queue…") completes; QueueAdd without Interface does not compile
 * await dami.to("QueueAdd", { Queue: "support", Interface: "PJSIP/6001" });
 *
 * function describe(item: ListItem<"QueueStatus">): string {
 *   switch (item.Event) {
 *     case "QueueMember":
 *       return `${item.Name} has taken ${item.CallsTaken} calls`;
 *     case "QueueEntry":
 *       return `${item.CallerIDNum} waits at position ${item.Position}`;
 *     case "QueueParams":
 *       return `${item.Queue}, ${item.Strategy}`;
 *   }
 * }
 * const [, ...events] = await dami.to("QueueStatus");
 * for (const event of events) {
 *   if (event.Event !== "QueueStatusComplete") console.log(describe(event));
 * }
 *
 * const hungUp: EventData<"Hangup">[] = [];
 * dami.on("Hangup", (event) => hungUp.push(event));
 * dami.on("DialEnd", (event) => {
 *   if (event.DialStatus === "NOANSWER") console.log(event.DestChannel);
 * });
 * ```
 *
 * In an editor, each name links to its page at docs.asterisk.org and says which
 * Asterisk documents it. None of this exists at run time, and nothing is
 * restricted: a name that DAMI does not know works untyped, as do further
 * headers of a known one. If the action is only known at run time, write
 * `dami.to<string>(action, data)`.
 *
 * A field of an event is optional unless it always comes, as versions differ.
 * Editors complete the known values of a field, and others are possible.
 *
 * Your own actions and events, or what your `UserEvent` holds, are added to two
 * interfaces. Name the module as you import it: if that is
 * `"jsr:@dami/dami"`, without an entry in your import map, then say
 * `declare module "jsr:@dami/dami"`.
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * declare module "@dami/dami" {
 *   interface CustomEvents {
 *     CallRated: { Channel: string; Stars: number };
 *   }
 *   interface CustomActions {
 *     RateCall: {
 *       parameters: { Channel: string; Stars: number };
 *       response: { Average?: number };
 *     };
 *     RatingList: {
 *       parameters: { Since?: string };
 *       items: "CallRated";
 *       completion: "RatingListComplete";
 *     };
 *   }
 * }
 *
 * const dami = new DAMI();
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * await dami.listen();
 * dami.on("CallRated", (event) => console.log(event.Stars.toFixed(1)));
 * const [response] = await dami.to("RateCall", { Channel: "x", Stars: 5 });
 * console.log(response.Average);
 * ```
 *
 * ## Through restarts of the PBX
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * const dami = new DAMI({ reconnect: { firstConnection: true } });
 * dami.on("Hangup", (event) => console.log(event.Channel));
 * dami.addEventListener("disconnect", ({ detail }) => {
 *   console.log(detail.reason, detail.error?.failure);
 * });
 * dami.addEventListener("reconnecting", ({ detail }) => {
 *   console.log(`Attempt ${detail.attempt}, after ${detail.delay} ms`);
 * });
 * dami.addEventListener("gap", async ({ detail }) => {
 *   console.log(`Events were missed from ${detail.from} to ${detail.to}`);
 *   const [, ...channels] = await dami.to("CoreShowChannels");
 *   console.log(channels.length);
 * });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * await dami.listen();
 * ```
 *
 * - A lost connection is restored at once, then after growing, random waits:
 *   `minDelay` (1,000 ms) doubles up to `maxDelay` (30,000 ms), for
 *   `maxAttempts` (for ever). A session that lasts `minDelay` resets the count.
 * - Listeners, iterators, the event mask and the `Filter`s that were added are
 *   restored. Asterisk does not repeat events: `gap` reports the interval that
 *   was missed.
 * - An action that is called in the meantime waits for the new session, up to
 *   its own timeout. One that was in flight rejects with an
 *   `AmiConnectionError`, whose `outcome` is `"unknown"` if it was written,
 *   otherwise `"not-sent"`. DAMI sends nothing twice.
 * - Asterisk accepts logins before it has booted. Until `FullyBooted` (class
 *   `system`), which follows each login, extensions and queues can be missing,
 *   calls are refused with `Extension does not exist.`, and the connection can be
 *   lost once more.
 * - A refused login is final, as a protected PBX bans clients that retry too
 *   often; `refusedLogin: true` keeps trying. With `firstConnection: true` a
 *   service may start before its PBX does.
 * - `keepAlive` (on by default) sends a `Ping` after 30 s of silence, and
 *   considers the link dead if there is no sign of life within 10 s. An idle
 *   PBX is not an error, nor is one that your own action keeps busy.
 * - `close()` and `disconnect()` end all of this at once.
 * - `disconnect` has the `reason` `"close"` or `"logoff"` where the program
 *   ended the connection, and `"lost"` where it did not. Then `error.failure`
 *   is `"lost"`, `"no-answer"` (the link is dead) or `"shutdown"` (the PBX
 *   announced it). The `error` of `reconnecting` also knows `"refused"`,
 *   `"unreachable"`, `"no-greeting"`, `"not-ami"`, `"tls"` and
 *   `"not-permitted"`.
 * - These names are checked: `addEventListener("sate", …)` does not compile.
 *
 * ## Encryption
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI({
 *   hostname: "pbx.example",
 *   tls: {
 *     caCerts: [await Deno.readTextFile("pbx.pem")],
 *     serverName: "pbx.example",
 *   },
 * });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * ```
 *
 * `tls: true` trusts what Deno trusts; most PBXs have a self-made certificate,
 * which goes into `caCerts`. The port is then 5039 by default, and
 * `manager.conf` needs `tlsenable = yes` and `tlscertfile`. Without TLS,
 * `authType: "md5"` keeps the secret off the network, but not what follows.
 *
 * ## The connection
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * const dami = new DAMI({ logger: true });
 * dami.addEventListener("connect", ({ detail }) => console.log(detail.version));
 * dami.addEventListener("login", ({ detail }) => console.log(detail.username));
 * dami.addEventListener("disconnect", ({ detail }) => {
 *   console.log(detail.reason, detail.error?.message);
 * });
 * dami.addEventListener("close", () => console.log(dami.state)); // "closed"
 * dami.addEventListener("error", ({ error }) => console.error(error));
 *
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * console.log(await dami.ping()); // never throws
 * console.log(dami.conn.remoteAddr, dami.stats().events);
 * await dami.disconnect(); // says goodbye; close() does not wait
 * ```
 *
 * `connectAndLogin()` takes a `signal` and a `timeout` as well. `stats()`
 * counts frames, events, actions, bytes and what was dropped.
 *
 * `using dami = …` closes at the end of the block, `await using dami = …` logs
 * off first. After either, `connectAndLogin()` may be called again.
 *
 * | option           | default             |                                                                                   |
 * | ---------------- | ------------------- | --------------------------------------------------------------------------------- |
 * | `hostname`       | `"127.0.0.1"`       | the host of the PBX, or several, tried in order                                   |
 * | `port`           | `5038`, `5039`      | the port of its manager interface; the second with `tls`                          |
 * | `tls`            | `false`             | `true`, or `{ caCerts, serverName }`                                              |
 * | `authType`       | `"plain"`           | or `"md5"`                                                                        |
 * | `reconnect`      | `false`             | `true`, or `{ minDelay, maxDelay, maxAttempts, firstConnection, refusedLogin }`   |
 * | `keepAlive`      | `true`              | `false`, or `{ interval, timeout }`                                               |
 * | `logger`         | `false`             | `true` for the console, or an object with `debug`, `info`, `warn` and `error`     |
 * | `events`         | `true`              | the events to receive: all, none, or classes such as `"call,agent"`               |
 * | `blocking`       | `"same-connection"` | `"own-connection"` sends actions that block, such as `Command`, on a second login |
 * | `connectTimeout` | `10_000`            | milliseconds for connecting, and then for the greeting                            |
 * | `timeout`        | `60_000`            | milliseconds for the answer to an action, and for each further frame of a list    |
 * | `integers`       | `"catalog"`         | quantities become numbers; `true` converts every integer, `false` none            |
 * | `encoding`       | `"utf-8"`           | or `"latin1"`                                                                     |
 * | `onLine`         |                     | a function that sees every line as it is read                                     |
 * | `onBytes`        |                     | a function that sees all bytes as they are read and written                       |
 * | `limits`         | see the docs        | what is held in memory: the longest line, headers, lists, held events, actions    |
 *
 * An option that does not exist or has a wrong value throws at once.
 *
 * ## Data
 *
 * Frames are plain objects, with headers named exactly as Asterisk sent them:
 *
 * | on the wire                                                    | in the data                                    |
 * | -------------------------------------------------------------- | ---------------------------------------------- |
 * | `Cause: 16`, `Position: 1`                                     | a number: it is a quantity                     |
 * | `CallerIDNum: 6001`, `Exten: 802`, `Queue: 800`, `ActionID: 7` | a string: it names something                   |
 * | `RoundtripUsec: N/A`, `Timestamp: 1795362749.5`                | the string: it is not an integer               |
 * | `Seconds: 5` of an unknown event, or of your `UserEvent`       | a number, if nothing is lost                   |
 * | `AccountCode:`                                                 | `""`                                           |
 * | `Name: Bob: Smith`                                             | `"Bob: Smith"`                                 |
 * | `Variable: A=1` and `Variable: B=2`                            | `["A=1", "B=2"]`                               |
 * | `Output:` of a `Command`, once or often                        | always an array of lines, empty lines included |
 * | a line without a colon                                         | in an array under `UNPARSED_LINES`             |
 *
 * The types say the same: `string`, `number`, or `FieldValue` for the few
 * headers that Asterisk sends either way. They describe the default; `integers:
 * true` converts every integer and `false` none, whatever the types say.
 * Asterisk escapes some values itself: a caller named O'Brien is sent, and so
 * received, as `O\'Brien`.
 *
 * An event does not always report what happened: text from outside can reach an
 * event unescaped, and anybody with the class `user` can send a `UserEvent`
 * with any content. Do not grant anything on the strength of an event alone.
 *
 * ## Errors
 *
 * | error                    | `code`               | when                                                                                              |
 * | ------------------------ | -------------------- | ------------------------------------------------------------------------------------------------- |
 * | `AmiAuthenticationError` | `AMI_AUTHENTICATION` | the PBX refused the login                                                                         |
 * | `AmiConnectionError`     | `AMI_CONNECTION`     | there is no connection; `failure` says why, `outcome` what was written                            |
 * | `AmiResponseError`       | `AMI_RESPONSE`       | the PBX answered `Response: Error`; `response`, `frames`, `emptyList`                             |
 * | `AmiTimeoutError`        | `AMI_TIMEOUT`        | no answer in time                                                                                 |
 * | `AmiClosedError`         | `AMI_CLOSED`         | not connected, or closed by the program                                                           |
 * | `AmiVersionError`        | `AMI_VERSION`        | the PBX is too old for what was asked, such as `LivePbx` with Asterisk 11; `amiVersion`, `oldest` |
 * | `AmiLimitError`          | `AMI_LIMIT`          | one of the `limits` was passed                                                                    |
 * | `AmiProtocolError`       | `AMI_PROTOCOL`       | something that is not a frame was received; only reported by the `error` event                           |
 *
 * All of them are `AmiError`s. An action that could not be sent as it is
 * rejects with a `TypeError` or `RangeError` before a byte is written: a line
 * break or NUL, an invalid name, a line of more than 1,022 bytes or more than
 * 128 headers (Asterisk reads no more, and might run the rest as another
 * action).
 *
 * Asterisk answers some empty lists with an error:
 *
 * ```ts
 * import { AmiResponseError, DAMI, type DAMIData } from "@dami/dami";
 *
 * await using dami = new DAMI();
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 *
 * async function conferences(): Promise<DAMIData[]> {
 *   try {
 *     const [, ...rooms] = await dami.to("ConfbridgeListRooms");
 *     return rooms.slice(0, -1);
 *   } catch (error) {
 *     if (error instanceof AmiResponseError && error.emptyList) return [];
 *     throw error;
 *   }
 * }
 * console.log(await conferences());
 * ```
 *
 * Secrets appear in no log line, no error and no inspection of DAMI. Without
 * `tls` and `authType: "md5"` the secret crosses the network in plain text:
 * DAMI warns once if it leaves this machine.
 *
 * @module
 */

export type { ActionData, ActionValue } from "./src/actions/action.ts";
export type { ActionParametersMap } from "./src/catalog/actions.ts";
export type { ActionAnswersMap } from "./src/catalog/answers.ts";
// Exports everything, as users can only augment what is exported like this.
export type * from "./src/catalog/custom.ts";
export type { EventDataMap } from "./src/catalog/events.ts";
export type {
  ActionName,
  ActionParameters,
  ActionResult,
  AnswerOf,
  EventData,
  EventName,
  ListItem,
  ParametersOf,
  ResponseData,
} from "./src/catalog/lookup.ts";
export type {
  BridgeFields,
  ChannelFields,
  CommonEventFields,
  CommonResponseFields,
  PrefixedFields,
} from "./src/catalog/snapshots.ts";
export type {
  ActionIdValue,
  FieldValue,
  KnownFieldValue,
  KnownParameterValue,
  OtherText,
  RepeatedFieldValue,
  RepeatedParameterValue,
} from "./src/catalog/values.ts";
export type { AmiClient } from "./src/client.ts";
export { DAMI } from "./src/dami.ts";
export { type DAMIData, type DAMIValue, UNPARSED_LINES } from "./src/data.ts";
export type { Encoding } from "./src/wire/encoding.ts";
export {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  type AmiConnectionErrorOptions,
  AmiError,
  type AmiErrorCode,
  AmiLimitError,
  AmiProtocolError,
  AmiResponseError,
  type AmiResponseErrorOptions,
  AmiTimeoutError,
  type AmiTimeoutErrorOptions,
  AmiVersionError,
  type ConnectionFailure,
  type Outcome,
} from "./src/errors.ts";
export type { EventStream, Overflow } from "./src/events/event_stream.ts";
export type {
  ActionDetail,
  ConnectDetail,
  DAMIEventMap,
  DAMIState,
  DisconnectDetail,
  GapDetail,
  LifecycleListener,
  LifecycleTarget,
  LoginDetail,
  ReconnectingDetail,
} from "./src/events/lifecycle.ts";
export type { ListenerTimeRange, ListenerTimes } from "./src/listener_times.ts";
export type { Logger } from "./src/logger.ts";
export type {
  ActionArguments,
  ActionOptions,
  AnyName,
  CallbackOrOptions,
  ConnectOptions,
  DisconnectOptions,
  EventListener,
  EventsOptions,
  ListenOptions,
  OriginateOptions,
  PingOptions,
} from "./src/options/method_options.ts";
export type {
  DAMILimits,
  DAMIOptions,
  KeepAliveOptions,
  ReconnectOptions,
  TlsOptions,
} from "./src/options/options.ts";
export {
  type OriginateOutcome,
  OriginateReason,
} from "./src/actions/originate_outcome.ts";
export type { OriginateResult } from "./src/originate_result.ts";
export type { Credentials } from "./src/session/login.ts";
export type { DAMIStats, Direction } from "./src/statistics.ts";
