package dev.clearspan.console.recorder;

/** The process that reports: id, service and instance, as its resource says. */
record ProcessKey(String process, String service, String instance) {}
