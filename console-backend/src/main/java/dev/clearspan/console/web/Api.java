package dev.clearspan.console.web;

import java.util.List;

/** A group of endpoints. */
public interface Api {
  List<Route> routes();
}
