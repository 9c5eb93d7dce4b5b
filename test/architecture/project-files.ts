import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../scripts/root.js';

/** A file of the project, as text. */
export interface ProjectFile {
  /** Path from the top of the project, with `/`. */
  readonly path: string;
  /** What is in it. */
  readonly text: string;
}

const NEVER = new Set(['node_modules', 'dist', '.cache']);

/** All files under `folder` whose name matches, in order of their paths. */
export function projectFiles(folder: string, name = /\.ts$/): readonly ProjectFile[] {
  return readdirSync(join(PROJECT_ROOT, folder), { withFileTypes: true })
    .flatMap((entry): readonly ProjectFile[] => {
      const path = `${folder}/${entry.name}`;
      if (NEVER.has(entry.name)) return [];
      if (entry.isDirectory()) return projectFiles(path, name);
      return name.test(entry.name) ? [{ path, text: projectText(path) }] : [];
    })
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** The text of one file. */
export function projectText(path: string): string {
  return readFileSync(join(PROJECT_ROOT, path), 'utf8');
}

/** One JSON file. */
export function projectJson<Shape>(path: string): Shape {
  return JSON.parse(projectText(path)) as Shape;
}
