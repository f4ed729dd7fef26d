/** Options of {@linkcode TextLineStream}. */
export interface TextLineStreamOptions {
  /** Also split at a lone `\r`. */
  allowCR?: boolean;
}

/** Splits a stream of text at `\n` and `\r\n`. */
export class TextLineStream extends TransformStream<string, string> {
  constructor(options?: TextLineStreamOptions);
}
