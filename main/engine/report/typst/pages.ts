/**
 * Cuts the one SVG that the typesetter makes of a document into its pages. The source stacks the pages: one group a page
 * at the top level after a white ground, then styles and definitions that all pages share.
 */
export interface PageSvg {
  readonly svg: string;
}
