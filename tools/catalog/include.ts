import type { Element, Node } from "@xmldom/xmldom";

/** A step of a path, such as `parameter[@name='ActionID']`. */
interface Step {
  tag: string;
  isMatch: (element: Element, index: number) => boolean;
}

const STEP =
  /^([A-Za-z-]+)(?:\[(?:@name='([^']*)'|contains\(@name, ?'([^']*)'\)|(\d+))\])?$/;

function parseStep(text: string, pointer: string): Step {
  const [, tag, name, part, position] = STEP.exec(text) ?? [];
  if (tag === undefined) {
    throw new Error(`Cannot follow the include ${pointer}: step ${text}`);
  }
  const isMatch: Step["isMatch"] = (element, index) => {
    const given = element.getAttribute("name") ?? "";
    if (name !== undefined) return given === name;
    if (part !== undefined) return given.includes(part);
    return position === undefined || index === Number(position) - 1;
  };
  return { tag, isMatch };
}

function isElement(node: Node): node is Element {
  return node.nodeType === node.ELEMENT_NODE;
}

function elementChildren(element: Element): Element[] {
  return [...element.childNodes].filter(isElement);
}

/** Follows the `xi:include` elements of the documentation. */
export class IncludeResolver {
  readonly #root: Element;
  /** The elements right under the root, by tag and name: they are looked up often. */
  readonly #top = new Map<string, Element[]>();

  /** @param root The element `docs`. */
  constructor(root: Element) {
    this.#root = root;
    for (const element of elementChildren(root)) {
      const key = `${element.tagName} ${element.getAttribute("name")}`;
      this.#top.set(key, [...this.#top.get(key) ?? [], element]);
    }
  }

  /**
   * The children of an element.
   *
   * @param element The element.
   * @returns Its child elements, with what is included in the place of the includes.
   */
  children(element: Element): Element[] {
    return elementChildren(element).flatMap((child) =>
      child.localName === "include"
        ? this.#included(child.getAttribute("xpointer") ?? "")
        : [child]
    );
  }

  #included(pointer: string): Element[] {
    const [, path] = /^xpointer\(\/?docs\/(.+)\)$/.exec(pointer) ?? [];
    if (path === undefined) {
      throw new Error(`Cannot follow the include ${pointer}`);
    }
    // Sentences, of which nothing is taken.
    if (path.endsWith("/node()")) return [];
    const [first = "", ...steps] = path.split("/");
    const [, tag, name] = /^([A-Za-z]+)\[@name='([^']*)'\]$/.exec(first) ?? [];
    if (tag === undefined) {
      throw new Error(
        `Cannot follow the include ${pointer} from ${this.#root.tagName}`,
      );
    }
    let found = this.#top.get(`${tag} ${name}`) ?? [];
    for (const text of steps) {
      const step = parseStep(text, pointer);
      found = found.flatMap((element) =>
        this.children(element)
          .filter((child) => child.localName === step.tag)
          .filter(step.isMatch)
      );
    }
    return found;
  }
}
