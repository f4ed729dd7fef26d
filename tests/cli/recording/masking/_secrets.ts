import type { LineDirection } from "../../../../src/cli/recording/masking/session_mask.ts";

/** Frames that carry secrets: the way that they go, lines of them, and the lines with the secrets. */
export const SECRETS: readonly [
  direction: LineDirection,
  lines: readonly string[],
  secrets: readonly string[],
][] = [
  ["sent", ["Action: Login", "Username: admin"], ["Secret: x1y2"]],
  ["sent", ["Action: Login", "AuthType: MD5"], ["Key: 0123456789abcdef"]],
  ["received", ["Response: Success"], ["Challenge: 123617508"]],
  ["received", ["Event: AuthDetail", "Username: 6001"], [
    "Password: x1y2",
    "Md5Cred: 0a1b",
    "RefreshToken: x1y2",
  ]],
  ["received", ["Event: ChallengeResponseFailed"], [
    "Challenge: 1",
    "Response: 0123abcd",
    "ExpectedResponse: 4567abcd",
  ]],
  ["received", ["Event: InvalidPassword"], [
    "Challenge: 1",
    "ReceivedChallenge: 2",
    "ReceivedHash: 3",
  ]],
  ["received", ["Event: VarSet", "Variable: SIP_PASSWORD"], [
    "Value: x1y2",
  ]],
  ["sent", ["Action: DBPut", "Family: AMPUSER", "Key: 6001/pin"], [
    "Val: 9876",
  ]],
  ["sent", ["Action: UpdateConfig", "Var-000000: secret"], [
    "Value-000000: x1y2",
    "Match-000000: x1y2",
  ]],
];
