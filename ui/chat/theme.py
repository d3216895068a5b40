"""Ink on paper, in light and in dark; fonts the reader's machine already has."""

import gradio as gr

SANS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]
MONO = ["ui-monospace", "Menlo", "Consolas", "monospace"]


def theme() -> gr.themes.Base:
    """Gradio's own colours, in terms of those that colours.css names."""
    base = gr.themes.Base(font=SANS, font_mono=MONO, radius_size=gr.themes.sizes.radius_sm)
    both = {
        "body_background_fill": "var(--dl-paper)",
        "background_fill_primary": "var(--dl-paper)",
        "background_fill_secondary": "var(--dl-paper)",
        "block_background_fill": "transparent",
        "body_text_color": "var(--dl-ink)",
        "body_text_color_subdued": "var(--dl-soft)",
        "border_color_primary": "var(--dl-rule)",
        "border_color_accent": "var(--dl-accent)",
        "input_background_fill": "var(--dl-sheet)",
        "input_border_color": "var(--dl-rule)",
        "input_border_color_focus": "var(--dl-accent)",
        "input_placeholder_color": "var(--dl-soft)",
        "link_text_color": "var(--dl-accent)",
        "button_secondary_background_fill": "transparent",
        "button_secondary_background_fill_hover": "var(--dl-hover)",
        "button_secondary_text_color": "var(--dl-ink)",
        "button_secondary_border_color": "var(--dl-rule)",
    }
    dark = {f"{name}_dark": value for name, value in both.items()}
    return base.set(color_accent="var(--dl-accent)", **both, **dark)
