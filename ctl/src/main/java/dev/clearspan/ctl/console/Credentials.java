package dev.clearspan.ctl.console;

import java.net.http.HttpRequest;

/** Who asks. */
public sealed interface Credentials {
  /** Puts them on a request. */
  void sign(HttpRequest.Builder request);

  /** Nobody: enough for what is open to all. */
  record None() implements Credentials {
    @Override
    public void sign(HttpRequest.Builder request) {}
  }

  /** An API token. */
  record Bearer(String token) implements Credentials {
    @Override
    public void sign(HttpRequest.Builder request) {
      request.header("Authorization", "Bearer " + token);
    }

    @Override
    public String toString() {
      return "Bearer[...]";
    }
  }

  /** A user's session, as a browser has it. */
  record Session(String cookie, String csrfToken) implements Credentials {
    @Override
    public void sign(HttpRequest.Builder request) {
      request.header("Cookie", cookie).header("X-CSRF-Token", csrfToken);
    }

    @Override
    public String toString() {
      return "Session[...]";
    }
  }
}
