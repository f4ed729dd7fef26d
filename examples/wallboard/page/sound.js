// @ts-check
/// <reference lib="dom" />
// The sound of a queue that turns red: two short tones.

/** The tones (hertz). */
const TONES = [660, 880];

/** The length of a tone (seconds). */
const LENGTH = 0.18;

/** @type {AudioContext | undefined} */
let audio;

/**
 * Makes the sound. A browser stays silent until its user has touched the page,
 * unless it was started with `--autoplay-policy=no-user-gesture-required`.
 */
export function ring() {
  audio ??= new AudioContext();
  void audio.resume();
  for (const [index, frequency] of TONES.entries()) {
    const start = audio.currentTime + index * LENGTH;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.2, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + LENGTH);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + LENGTH);
  }
}
