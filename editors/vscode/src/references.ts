// The line above a title counts citations; a click shows them. The server names the command, and the editor's own takes
// values of the editor, not of the protocol.

import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";
import type { Server } from "./server";

/** The document, the title in it, and the places to show. */
export type Places = [uri: string, position: Position, locations: Location[]];

/** Shows the places that a lens counts, at its title. */
export async function showReferences(server: Server, ...[uri, position, locations]: Places): Promise<void> {
  const converter = server.converter();
  if (!converter) {
    return;
  }
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    converter.asUri(uri),
    converter.asPosition(position),
    locations.map((location) => converter.asLocation(location)),
  );
}
