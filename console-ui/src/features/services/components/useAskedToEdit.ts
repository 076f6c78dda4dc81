import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";

/** Starts editing once what is edited has been read, if the link asks for it; then the link asks no more. */
export function useAskedToEdit<T>(read: T | undefined, start: (read: T) => void) {
  const { edit } = useSearch({ strict: false });
  const navigate = useNavigate();
  useEffect(() => {
    if (!edit || read === undefined) return;
    start(read);
    void navigate({ to: ".", search: {}, replace: true });
  }, [edit, read, start, navigate]);
}
