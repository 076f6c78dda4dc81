import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { placeBoxes } from "@/lib/api/changes";
import { layoutQuery, sessionQuery } from "@/lib/api/queries";
import type { Positions } from "../model/layout";
import { movedFrom, positionsOf, toPlaces } from "../model/places";

/** A drag ends in one request, not in one for each pixel. */
const QUIET_MILLIS = 1_000;

/**
 * The arrangement that all see, which the console keeps. Undefined until it is read; empty if it cannot be read, since
 * a map in another order is better than none. Only who steers changes it for the others.
 */
export function useSharedPlaces(wide: boolean) {
  const arrangement = wide ? "wide" : "narrow";
  const query = useQuery(layoutQuery(arrangement));
  const mayPlace = (useQuery(sessionQuery).data?.user.role ?? "viewer") !== "viewer";
  const { data, isError } = query;
  const known = useMemo(
    () => (data ? positionsOf(data) : isError ? ({} as Positions) : undefined),
    [data, isError],
  );
  const there = useRef<Positions>({});
  const anew = useRef(false);
  const timer = useRef(0);
  useEffect(() => {
    if (known) there.current = known;
  }, [known]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const save = useCallback(
    (positions: Positions) => {
      const moved = movedFrom(anew.current ? {} : there.current, positions);
      window.clearTimeout(timer.current);
      if (!mayPlace || Object.keys(moved).length === 0) return;
      timer.current = window.setTimeout(() => {
        // What fails is tried again with the next move: the own browser remembers it in any case.
        placeBoxes(arrangement, { boxes: toPlaces(moved), anew: anew.current }).then(
          () => {
            there.current = anew.current ? moved : { ...there.current, ...moved };
            anew.current = false;
          },
          () => {},
        );
      }, QUIET_MILLIS);
    },
    [arrangement, mayPlace],
  );
  const forget = useCallback(() => {
    anew.current = true;
  }, []);
  return { known, save, forget };
}
