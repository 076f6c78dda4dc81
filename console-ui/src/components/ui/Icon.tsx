// One stroke, 16 px grid: drawn for this console so that no icon set has to be loaded.
const PATHS = {
  home: "M1.500 8.500h3l1.500-4.500 3 8.500 2-4h3.500",
  topology:
    "M2.5 8h3M10.500 4.500H8a2 2 0 0 0-2 2v3a2 2 0 0 0 2 2h2.500M10.500 3h3v3h-3zM10.500 10h3v3h-3zM2.500 6.500h3v3h-3z",
  services: "M2.500 3.500h11v3.500h-11zM2.500 9h11v3.500h-11zM5 5.250h.01M5 10.750h.01",
  breakers: "M1.500 9.500h4M10.500 9.500h4M5.500 9.500l4.500-4M8 2.500v1.500",
  alerts: "M4 11.500V7a4 4 0 0 1 8 0v4.500l1 1H3zM6.500 14.500h3",
  traces: "M2 3.500h7M5 7h6.500M8 10.500h3M10 13.500h4",
  metrics: "M2 13.500h12M3.500 10.500l3-4 2.500 2.500 4-6",
  invoke: "M2.500 8h7M6.500 4.500L10 8l-3.500 3.500M13.500 3v10",
  audit: "M4 2.500h8v11H4zM6.500 5.500h3M6.500 8h3M6.500 10.500h1.500",
  system: "M2.500 3.500h11v7h-11zM6 13.500h4M8 10.500v3M5 7.500l1.500-1.500 2 2 2-2.500",
  settings:
    "M2.500 5h6M11.500 5h2M2.500 11h2M7.500 11h6M10 3.500a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3zM6 9.500a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3z",
  search: "M7 2.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9zM10.500 10.500l3 3",
  sun: "M8 5.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM8 1.500v1.500M8 13v1.500M1.500 8H3M13 8h1.500M3.400 3.400l1 1M11.600 11.600l1 1M12.600 3.400l-1 1M4.400 11.600l-1 1",
  moon: "M13 9.500A5.500 5.500 0 0 1 6.500 3a5.500 5.500 0 1 0 6.500 6.500z",
  collapse: "M9.500 4.500L6 8l3.500 3.500M3 3v10",
  expand: "M6.500 4.500L10 8l-3.500 3.500M13 3v10",
  close: "M4 4l8 8M12 4l-8 8",
  pause: "M5.500 3.500v9M10.500 3.500v9",
  play: "M5 3.500l7 4.500-7 4.500z",
  copy: "M5.500 5.500h7v7h-7zM3.500 10.500v-7h7",
  check: "M3.500 8.500l3 3 6-7",
  warn: "M8 3l6 10.500H2zM8 7v3M8 12h.01",
  bad: "M8 1.800l6.200 6.200L8 14.200 1.800 8zM8 5v3.500M8 10.800h.01",
  user: "M8 3a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM3 13.500c.5-3 2.500-4 5-4s4.500 1 5 4",
  fit: "M2.500 5.500v-3h3M13.500 5.500v-3h-3M2.500 10.500v3h3M13.500 10.500v3h-3",
  plus: "M8 3.500v9M3.500 8h9",
  minus: "M3.500 8h9",
  table: "M2.500 3.500h11v9h-11zM2.500 6.500h11M6.500 6.500v6",
  undo: "M3 6h6.500a3.500 3.500 0 0 1 0 7H6M5.500 3.500L3 6l2.500 2.500",
  hand: "M5 8V4.200a.9.9 0 0 1 1.800 0V7.500 3a.9.9 0 0 1 1.800 0v4.500-3.700a.9.9 0 0 1 1.800 0V8M10.400 5.500a.9.9 0 0 1 1.800 0V10c0 2.500-1.500 4-3.700 4-2 0-3-1-3.800-2.500L3.300 9c-.5-1 .7-1.700 1.400-.9L5 8.500",
  arrow: "M3 8h9.500M9 4.500L12.500 8 9 11.500",
  chevron: "M4.500 6.500L8 10l3.500-3.500",
  layout: "M2.500 2.500h4v4h-4zM9.500 9.500h4v4h-4zM9.500 2.500h4v4h-4zM6.500 4.500h3M11.500 6.500v3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.35}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
