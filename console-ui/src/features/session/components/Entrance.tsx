import type { ReactNode } from "react";
import { Logo } from "@/components/ui/Logo";
import css from "./Entrance.module.css";

/** The page before the console: what it is, and one form. */
export function Entrance({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main className={css.entrance}>
      <div className={css.drawing} aria-hidden="true">
        <Span />
      </div>
      <div className={css.card}>
        <Logo />
        <h1 className={css.title}>{title}</h1>
        <p className={css.text}>{text}</p>
        {children}
      </div>
    </main>
  );
}

/** A call crossing spans: the sign of the house. */
function Span() {
  return (
    <svg aria-hidden="true" viewBox="0 0 640 420" preserveAspectRatio="xMidYMid slice">
      <path d="M-20 300h680" />
      {[0, 1, 2, 3].map((n) => (
        <path key={n} d={`M${-20 + n * 170} 300c30-150 140-150 170 0`} />
      ))}
      {[0, 1, 2, 3, 4].map((n) => (
        <path key={n} d={`M${-20 + n * 170} 290v60`} />
      ))}
      {[24, 92, 131, 236, 300, 342, 451, 503, 590].map((x) => (
        <circle key={x} cx={x} cy={300} r={3} />
      ))}
    </svg>
  );
}
