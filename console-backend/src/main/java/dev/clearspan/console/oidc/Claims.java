package dev.clearspan.console.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a provider says of a person: in the ID token, and after it by other ways. */
record Claims(List<Map<String, Object>> sources) {
  Claims {
    sources = List.copyOf(sources);
  }

  static Claims of(String json) throws ParseException {
    return new Claims(List.of(JSONObjectUtils.parse(json)));
  }

  /** With what another source says of claims that this one leaves out. */
  Claims orElse(Claims other) {
    return new Claims(Stream.concat(sources.stream(), other.sources.stream()).toList());
  }

  /** The claim of that name, or at the end of a path such as {@code realm_access.roles}. */
  @Nullable Object at(String name) {
    for (Map<String, Object> source : sources) {
      Object value = source.get(name);
      Object found = value == null ? inside(source, name) : value;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Object inside(Map<String, Object> source, String path) {
    Object at = source;
    for (String step : path.split("\\.", -1)) {
      at = at instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return at;
  }
}
