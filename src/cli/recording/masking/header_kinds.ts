import { isSecretHeader } from "./secret_mask.ts";

/**
 * The kind of the value of a header:
 *
 * - `plain`: a word or a quantity of Asterisk's own, which identifies nobody;
 * - `label`: what Asterisk or its administrator calls something;
 * - `name`: somebody's name;
 * - `pair`: the name of a variable, mostly with `=` and its value;
 * - `digit`: a key of a telephone that was pressed;
 * - `secret`: what nobody may know;
 * - `text`: anything else.
 */
export type HeaderKind =
  | "plain"
  | "label"
  | "name"
  | "pair"
  | "digit"
  | "secret"
  | "text";

/** Headers whose values identify nobody, although they can be long numbers or rare words. */
const PLAIN = `
  action event response privilege eventlist listitems timestamp sequencenumber
  eventmask events authtype operation async priority penalty paused position
  originalposition count max min weight strategy membership calls callstaken
  completed abandoned servicelevel servicelevelperf servicelevelperf2 holdtime
  talktime ringtime wait wrapuptime ringinuse incall lastcall lastpause
  logintime loggedintime callstarted pausedsince duration durationms
  billableseconds seconds answeredtime timetohangup parkingduration
  parkingtimeout timeout starttime answertime endtime eventtime eventtv
  sessiontv eventversion severity service sessionid usingpassword uptime
  lastreload cause cause-txt techcause channelstate channelstatedesc status-code
  dialstatus cid-callingpres privacy language amaflags disposition mode type
  bridgetype bridgetechnology bridgevideosourcemode bridgenumchannels
  localoptimization application appfile appfunction appline module amiversion
  asteriskversion ping loglevel nativeformats readformat writeformat readtrans
  writetrans codec codecs format allow disallow corestartupdate corestartuptime
  corereloaddate corereloadtime corecurrentcalls coreprocessedcalls coremaxcalls
  coremaxloadavg coremaxfilehandles corerealtimeenabled corecdrenabled
  corehttpenabled soundssearchcustomdir total items newmessages oldmessages
  newmessagecount oldmessagecount urgmessages maxmessagecount maxmessagelength
  totalcontacts contactsregistered registered notregistered port ipport viaport
  domainport externalsignalingport rtpportstart rtpportend startspace stopspace
  qualifyfrequency qualifytimeout qualify2xxonly minimumexpiration
  maximumexpiration defaultexpiration expires expiration expirationtime
  regexpire nextreg registrationtime retryinterval fatalretryinterval
  forbiddenretryinterval maxretries roundtripusec refresh period ssrc pt sentntp
  sentrtp sentpackets sentoctets rtt reportcount dlsr lsr iajitter
  sequencenumbercycles highestsequence fractionlost cumulativelost sessionnumber
  mixmonitorid resultcode datarate transferrate imageresolution resolution
  pagenumber pagesreceived pagestransferred pagestransmitted totalbadlines
  transmitattempts receiveattempts completedfaxes failedfaxes currentsessions
  reservedsessions dahdichannel dahdispan dahdigroup span shutdown restart
  devicestatebusyat rtpkeepalive rtptimeout rtptimeouthold timersminse
  timerssessexpires t38udptlmaxdatagram faxdetecttimeout dtlsrekey dtlssetup
  dtlsverify dtlsfingerprint dtlscipher cosaudio cosvideo tosaudio tosvideo cos
  tos maxaudiostreams maxvideostreams maxcontacts subminexpiry noncelifetime
  objecttype identifyby dtmfmode mediaencryption directmediamethod
  directmediaglaremitigation connectedlinemethod calleridprivacy t38udptlec
  100rel timers rtpengine channeltype chanobjecttype technology signalling
  signallingcode presentation subscriptiontype currency multiplier
`;

/** Headers whose values are names that somebody has given. */
const LABELS = "userevent bridgevideosource registrar class";

const NAMES =
  /(?:callerid|connectedid|connectedline|member|peer|person|display|screen|contact)name$|^(?:name|fullname|callerid|email|presentity|resourcedisplayname)$/;

const PAIRS =
  /^(?:(?:dest|localone|localtwo|[a-z]*)chanvariable|variable|setvar|line-\d{6}-\d{6})$/;

const KIND_BY_HEADER: ReadonlyMap<string, HeaderKind> = new Map([
  ...listed(PLAIN).map((name) => [name, "plain"] as const),
  ...listed(LABELS).map((name) => [name, "label"] as const),
  ["digit", "digit"] as const,
]);

/** Those of {@linkcode PLAIN} of which there is one for each channel of an event. */
const PREFIXED =
  /^(?:dest|localone|localtwo|spyer|spyee|transferer|transferee|orig|second|to|from|source|target|parkee|parker|retriever)[a-z]*?(channelstate|channelstatedesc|language|priority|bridgetype|bridgetechnology|bridgevideosourcemode|bridgenumchannels)$/;

/** The headers of the reports of RTCP: a number and a name that is listed. */
const REPORT = /^report\d+[a-z]+$/;

function listed(names: string): string[] {
  return names.trim().split(/\s+/);
}

/**
 * Returns the kind of the value of a header.
 *
 * @param header The name of the header, in any letter case.
 * @returns The kind.
 */
export function kindOf(header: string): HeaderKind {
  const name = header.toLowerCase();
  if (isSecretHeader(name)) return "secret";
  const kind = KIND_BY_HEADER.get(name);
  if (kind !== undefined) return kind;
  if (NAMES.test(name)) return "name";
  if (PAIRS.test(name)) return "pair";
  return PREFIXED.test(name) || REPORT.test(name) ? "plain" : "text";
}
