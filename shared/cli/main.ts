process.stdout.write('trustwatch\n');
