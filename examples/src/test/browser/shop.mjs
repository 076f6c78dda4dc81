// The hand on the shop's processes, which the console does not give: a small HTTP server beside it.

export class Shop {
  constructor(url) {
    this.url = url;
  }

  /** SIGKILL; answers when, in milliseconds of the epoch. */
  async kill(instance) {
    return (await this.#post(`/kill?instance=${instance}`)).atMillis;
  }

  /** One more instance: its id, and when its key was seen in the registry. */
  async startExtra(service) {
    return this.#post(`/start?service=${service}`);
  }

  async setFailShare(service, share) {
    await this.#post(`/fail?service=${service}&share=${share}`);
  }

  async setOrdersPerSecond(rate) {
    await this.#post(`/load?rate=${rate}`);
  }

  async #post(path) {
    const response = await fetch(this.url + path, { method: "POST" });
    const text = await response.text();
    if (!response.ok) throw new Error(`shop control ${path}: HTTP ${response.status}: ${text}`);
    return JSON.parse(text);
  }
}
