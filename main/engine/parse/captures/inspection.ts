/** So many packets with payload may pass before a flow counts as not recognised. */
export const PATIENCE = 6;
/** Nothing more is looked for in this flow. */
export const DONE = 255;
