/** True where Windows' installer runs the program for its own ends. The package brings no types. */
declare module 'electron-squirrel-startup' {
  const started: boolean;
  export = started;
}
