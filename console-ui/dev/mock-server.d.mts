export interface Mock {
  url: string;
  world: {
    shop: { scenario: string };
    traces: { traceId: string; errors: number }[];
    session: { user: { name: string; role: string; services: string[] } } | null;
  };
  close: () => Promise<void>;
}
export function startMock(options?: {
  port?: number;
  signedIn?: boolean;
  topology?: () => unknown;
  trace?: unknown;
}): Promise<Mock>;
export const CSP: string;
