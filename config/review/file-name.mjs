/** Prints the name of the file with the report about a package: `node file-name.mjs PACKAGE`. */
import process from 'node:process'
import { fileNameOf } from './report.mjs'

process.stdout.write(fileNameOf(process.argv[2]))
