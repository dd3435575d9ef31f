/** The two names that pass between preload and main process. */
export const requestChannel = 'phonehome:request';
export const newsChannel = 'phonehome:news';
