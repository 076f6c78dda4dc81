import css from "./Logo.module.css";

/** The mark: one clear span. With its word unless there is no room. */
export function Logo({ word = true }: { word?: boolean }) {
  return (
    <span className={css.logo}>
      <svg width={24} height={24} viewBox="0 0 24 24" aria-hidden="true">
        <path className={css.deck} d="M2 17h20M12 10v7" />
        <path className={css.arch} d="M3.500 16.800c2-9.500 15-9.500 17 0" />
      </svg>
      {word && <span>Clearspan</span>}
    </span>
  );
}
