// graphql-js on the benchmark's work; compare.py says what to do (see there for the protocol).
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const { buildSchema, executeSync, parse, validate } = require('/usr/share/nodejs/graphql');

const text = (name) => fs.readFileSync(path.join(__dirname, name), 'utf8');

class User {
  constructor(number) {
    this.id = `user-${number}`;
    this.name = `監修者 ${number}`;
    this.email = `user${number}@demo.example`;
  }
}

class Area {
  constructor(x, y, width, height) {
    this.x = x;
    this.y = y;
    this.width = width;
    this.height = height;
  }
}

class Finding {
  constructor(number) {
    this.id = `finding-${number}`;
    this.description = `The eyes differ from the reference by more than allowed (${number})`;
    this.severity = number % 3 === 0 ? 'RISK' : 'ALERT';
    this.suggestion = number % 2 === 0 ? 'Use the reference colour #3366cc' : null;
    this.area = new Area(number % 640, number % 480, 64.5, 48.25);
  }
}

class Review {
  constructor(number, findings) {
    this.id = `review-${number}`;
    this.version = (number % 7) + 1;
    this.status = 'COMPLETED';
    this.author = new User(number % 10);
    this.findings = Array.from({ length: findings }, (_, index) => new Finding(number * 100 + index));
  }
}

class Project {
  #reviews;

  constructor(number, reviews, findings) {
    this.id = `project-${number}`;
    this.name = `Project number ${number}`;
    this.description = number % 3 === 0 ? null : `What the project ${number} is about, in one sentence.`;
    this.owner = new User(number);
    this.#reviews = Array.from({ length: reviews }, (_, index) => new Review(number * 100 + index, findings));
  }

  reviews({ first }) {
    return this.#reviews.slice(0, first);
  }
}

const schema = buildSchema(text('schema.graphql'));
const dashText = text('dash.graphql');
const introspectionText = text('introspection.graphql');
const dash = parse(dashText);
const projects = Array.from({ length: 1000 }, (_, index) => new Project(index, 5, 10));
const rootValue = { projects: ({ first }) => projects.slice(0, first) };

const bytes = (result) => Buffer.from(JSON.stringify(result));
const execute = (count) =>
  bytes(executeSync({ schema, document: dash, rootValue, variableValues: { n: count } }));

const work = {
  'parse': () => parse(dashText),
  'validate': () => validate(schema, dash),
  'prepare': () => validate(schema, parse(dashText)),
  'introspect': () => {
    const document = parse(introspectionText);
    if (validate(schema, document).length > 0) throw new Error('the introspection query is not valid');
    return bytes(executeSync({ schema, document }));
  },
  'execute': () => execute(20),
  'execute-200': () => execute(200),
  'execute-1000': () => execute(1000),
};

const answer = {
  time(name, repeats) {
    const body = work[name];
    const start = process.hrtime.bigint();
    for (let index = 0; index < repeats; index += 1) body();
    return process.hrtime.bigint() - start;
  },
  show: (name) => work[name]().toString(),
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [command, name, repeats] = line.split(' ');
  process.stdout.write(`${answer[command](name, Number(repeats))}\n`);
});
