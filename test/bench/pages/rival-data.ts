/** What the rivals' pages are given: every interval of the case in order of start, each with the number of its lane. Parallel columns. */
export interface RivalData {
  readonly lanes: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly sent: Float64Array;
  readonly received: Float64Array;
  readonly lane: Float64Array;
}
