// A worker's own file, by its address in the build.
declare module '*?worker&url' {
  const url: string
  export default url
}
