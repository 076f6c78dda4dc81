import { createTheme } from "@mantine/core";

/** Sizes and shapes; the colours come from styles/tokens.css, which sets Mantine's variables. */
export const theme = createTheme({
  fontFamily: "var(--font-sans)",
  fontFamilyMonospace: "var(--font-mono)",
  defaultRadius: "sm",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "xs" } },
    TextInput: { defaultProps: { size: "xs" } },
    PasswordInput: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    NumberInput: { defaultProps: { size: "xs" } },
    NativeSelect: { defaultProps: { size: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    // Scroll locking injects a style element, which the content security policy forbids.
    Modal: { defaultProps: { lockScroll: false, centered: true, overlayProps: { className: "overlay" } } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: false, position: "bottom-start" } },
  },
});
