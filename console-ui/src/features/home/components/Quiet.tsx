import { Icon } from "@/components/ui/Icon";
import css from "./HomePage.module.css";

/** All is well here, in one sentence. */
export function Quiet({ children }: { children: string }) {
  return (
    <p className={css.quiet}>
      <Icon name="check" size={14} />
      {children}
    </p>
  );
}

const SHOWN = 6;

/** The first of a list, and how many more there are. */
export function shown<T>(all: T[]): { first: T[]; more: number } {
  return { first: all.slice(0, SHOWN), more: Math.max(0, all.length - SHOWN) };
}
