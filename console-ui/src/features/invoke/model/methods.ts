import type { MethodDoc, ServiceDoc } from "@/lib/api/types";

/** All methods, in the order of the .proto files. */
export const methodsOf = (doc: ServiceDoc): MethodDoc[] => doc.services.flatMap(({ methods }) => methods);
