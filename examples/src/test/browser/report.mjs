// What was done and how long it took, one line each.

export class Report {
  #began = Date.now();
  #step = "";

  begin(step) {
    this.#step = step;
    this.#say(step.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`));
  }

  /** A figure without a limit. */
  figure(what, value) {
    this.#say(`  ok      ${what}: ${value}`);
  }

  /** A time with a limit. */
  within(what, millis, limit) {
    if (!(millis <= limit)) throw new Error(`${what}: ${millis} ms (expected: at most ${limit} ms)`);
    this.figure(what, `${millis} ms (at most ${limit} ms)`);
  }

  end() {
    this.#say("all steps passed");
  }

  fail(error, { page, complaints }) {
    this.#say(`FAILED in ${this.#step} on ${page.url()}: ${error.stack}`);
    this.#say(`complaints of the browser: ${complaints.length}`);
    for (const complaint of complaints) this.#say(`  ${complaint}`);
  }

  #say(text) {
    const seconds = ((Date.now() - this.#began) / 1000).toFixed(1);
    console.log(`[${seconds.padStart(5)} s] ${text}`);
  }
}
