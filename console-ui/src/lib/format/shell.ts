/** A word for a POSIX shell, which takes nothing in it for its own. */
export const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
