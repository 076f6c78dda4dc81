// What holds for a method's calls, and who would ignore parts of a draft.

/** Leaves of a policy by path: {"retry.maxAttempts": 3}. */
function leaves(part, prefix = "") {
  return Object.entries(part ?? {}).flatMap(([name, value]) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? leaves(value, `${prefix}${name}.`)
      : [[prefix + name, value]],
  );
}

const CODE = { storefront: { "deadline.max": "60s" } };

export function effective(service, { revision, policy }, method, defaults) {
  const layers = [
    ["default", leaves(defaults)],
    ["service", leaves(policy.service)],
    ["method", leaves(policy.methods?.[method])],
  ];
  const fields = new Map();
  for (const [from, entries] of layers)
    for (const [field, value] of entries) fields.set(field, { field, value, from, callers: [] });
  for (const [caller, code] of Object.entries(CODE))
    for (const [field, value] of Object.entries(code))
      if (fields.get(field)?.from === "default") fields.get(field).callers.push({ caller, value });
  const sorted = [...fields.values()].sort((a, b) => (a.field < b.field ? -1 : 1));
  return { service, method, revision, fields: sorted };
}

/** The mock's last process is of an older version, which knows no slow calls. */
export function draftAudience(processes, draft) {
  const unknown = leaves(draft)
    .map(([field]) => field)
    .filter((field) => /slowCall/.test(field))
    .map((field) => {
      const last = processes.at(-1);
      return { field, processes: 1, examples: [`${last.service} ${last.instance ?? last.processId}`] };
    });
  return { processes: processes.length, unknown };
}
