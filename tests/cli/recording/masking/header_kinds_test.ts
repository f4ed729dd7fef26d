import { assertEquals } from "@std/assert";
import {
  type HeaderKind,
  kindOf,
} from "../../../../src/cli/recording/masking/header_kinds.ts";

Deno.test("kindOf() knows what the values of headers are", () => {
  const cases: [kind: HeaderKind, headers: string[]][] = [
    ["plain", [
      "Event",
      "Response",
      "Privilege",
      "ListItems",
      "Cause-txt",
      "ChannelStateDesc",
      "DestChannelState",
      "LocalOnePriority",
      "TransfereeLanguage",
      "ToBridgeNumChannels",
      "LoginTime",
      "RoundtripUsec",
      "Report0SequenceNumberCycles",
      "UsingPassword",
    ]],
    ["name", [
      "CallerIDName",
      "DestConnectedLineName",
      "EffectiveConnectedLineName",
      "MemberName",
      "Name",
      "Fullname",
      "CallerIDname",
      "Callerid",
    ]],
    ["pair", [
      "Variable",
      "ChanVariable",
      "DestChanVariable",
      "SetVar",
      "Line-000001-000002",
    ]],
    ["digit", ["Digit"]],
    ["label", ["UserEvent"]],
    ["secret", ["Secret", "Password", "Md5Cred", "Challenge"]],
    ["text", [
      "Channel",
      "CallerIDNum",
      "Exten",
      "Context",
      "Queue",
      "BridgeName",
      "AppData",
      "Value",
      "Output",
      "Message",
      "Uniqueid",
      "JSON",
      "Anything",
    ]],
  ];
  for (const [kind, headers] of cases) {
    for (const header of headers) {
      assertEquals(kindOf(header), kind, header);
      assertEquals(kindOf(header.toLowerCase()), kind, header);
    }
  }
});
