/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command of the repository, never part of a node */
import path from 'node:path';
import ts from 'typescript';

/** The compiler options of `npm run build`. */
function buildOptions(root: string): ts.CompilerOptions {
	const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
	return ts.convertCompilerOptionsFromJson(config.compilerOptions, root).options;
}

/** Compiles one source file as `npm run build` does. @throws Error where the source has a syntax error */
export function compile(root: string, file: string, text: string): string {
	const { outputText, diagnostics = [] } = ts.transpileModule(text, {
		compilerOptions: buildOptions(root),
		fileName: path.join(root, file),
		reportDiagnostics: true,
	});
	const [error] = diagnostics;
	if (error !== undefined) {
		throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(error.messageText, '\n')}`);
	}
	return outputText;
}
