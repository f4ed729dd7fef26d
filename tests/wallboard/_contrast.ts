/// <reference lib="dom" />
import type { Page } from "playwright-core";

/** The contrast of the texts of a page. */
export interface Contrasts {
  /** The colour of the page. */
  background: string;
  /** The contrast of each text with what is behind it (WCAG 2, 1.4.3). */
  ratios: [text: string, ratio: number][];
}

/** Measures the contrast of each text that is seen on a page. */
export function contrasts(page: Page): Promise<Contrasts> {
  // It runs in the page, and can use nothing from outside.
  return page.evaluate(() => {
    function channels(color: string): number[] {
      return color.match(/[\d.]+/g)?.map(Number) ?? [];
    }

    function luminance(color: string): number {
      const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
        const part = value / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }

    function backgroundOf(element: Element | null): string {
      for (let at = element; at !== null; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (channels(backgroundColor)[3] !== 0) return backgroundColor;
      }
      return "rgb(255, 255, 255)";
    }

    const ratios: [string, number][] = [];
    const texts = document.createTreeWalker(
      document.body,
      NodeFilter.SHOW_TEXT,
    );
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      const text = texts.currentNode.textContent?.trim() ?? "";
      if (element === null || text === "" || !element.checkVisibility()) {
        continue;
      }
      const one = luminance(getComputedStyle(element).color);
      const other = luminance(backgroundOf(element));
      const ratio = (Math.max(one, other) + 0.05) /
        (Math.min(one, other) + 0.05);
      ratios.push([text, ratio]);
    }
    return { background: backgroundOf(document.body), ratios };
  });
}
