process.stdout.write('generate\n');
