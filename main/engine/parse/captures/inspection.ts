/** So many datagrams may pass before a flow counts as not recognised. */
export const PATIENCE = 6;
/** So many segments with payload of a connection: one that the capture met in the middle may go on with a request. */
export const STREAM_PATIENCE = 24;
/** Nothing more is looked for in this flow. */
export const DONE = 255;
