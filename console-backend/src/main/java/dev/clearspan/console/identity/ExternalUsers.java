package dev.clearspan.console.identity;

import dev.clearspan.console.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The people who sign in with a provider. Thread-safe. */
final class ExternalUsers {
  private final ControlDatabase database;
  private final Users users;
  private final Clock clock;
  private final ReentrantLock changing = new ReentrantLock();

  ExternalUsers(ControlDatabase database, Users users, Clock clock) {
    this.database = database;
    this.users = users;
    this.clock = clock;
  }

  /**
   * Keeps who has come, with the rights that the provider's groups give now; whom it knows keeps
   * the name they had first.
   *
   * @throws ProblemException 409 if the name is another user's: nobody becomes somebody by a name
   */
  User keep(ExternalUser person) {
    String name = Names.check("name", person.name());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String services = String.join(",", person.services());
    changing.lock();
    try {
      Optional<String> known =
          database.first(
              "select name from users where issuer = ? and subject = ?",
              row -> row.getString("name"),
              person.issuer(),
              person.subject());
      if (known.isEmpty()) {
        refuseTaken(name);
        database.update(
            "insert into users (name, role, services, password, created_at, issuer, subject) values"
                + " (?, ?, ?, ?, ?, ?, ?)",
            name,
            person.role().word(),
            services,
            Users.NO_PASSWORD,
            now,
            person.issuer(),
            person.subject());
      }
      String kept = known.orElse(name);
      database.update(
          "update users set role = ?, services = ?, last_sign_in = ? where name = ?",
          person.role().word(),
          services,
          now,
          kept);
      return users.find(kept).orElseThrow();
    } finally {
      changing.unlock();
    }
  }

  private void refuseTaken(String name) {
    if (users.find(name).isPresent()) {
      throw ProblemException.conflict(
          "There is another user '" + name + "' already, who is not this one.");
    }
  }
}
