export interface AuditSearch {
  service?: string | undefined;
  author?: string | undefined;
  action?: string | undefined;
  open?: string | undefined;
}

const word = (value: unknown) => (typeof value === "string" && value ? value : undefined);

export function auditSearch(raw: Record<string, unknown>): AuditSearch {
  return {
    service: word(raw.service),
    author: word(raw.author),
    action: word(raw.action),
    open: word(raw.open),
  };
}
