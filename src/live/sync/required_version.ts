import { asteriskVersion, isBefore12 } from "../../ami_version.ts";
import { AmiVersionError } from "../../errors.ts";

/** The oldest manager interface whose events say which call and which bridge a channel is in. */
const OLDEST = "2.0";

/**
 * Refuses a PBX whose events cannot be followed: until Asterisk 11 they have no
 * `Linkedid`, do not report bridges, and have other names for those of queues.
 *
 * @param amiVersion The version that the PBX greeted with, if it is known.
 * @throws {AmiVersionError} If it is too old.
 */
export function requireFollowable(amiVersion: string | undefined): void {
  if (amiVersion === undefined || !isBefore12(amiVersion)) return;
  throw new AmiVersionError(
    `Cannot follow a PBX with version ${amiVersion} of the manager interface (Asterisk ${
      asteriskVersion(amiVersion)
    }): version ${OLDEST} (Asterisk 12) is the oldest whose events say which call a channel belongs to`,
    amiVersion,
    OLDEST,
  );
}
