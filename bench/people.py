"""The people whom requests create: Brazilian names, birthdays, addresses, phones and valid CPFs; the same in every run.

One in 32 is the person before with other contact data, as real registers have them, so that the background comparison
finds likely duplicates. The requests (workloads.py), the statements of the limit and the rows of crm.sql take a customer
of number n from the person at place n % PEOPLE.
"""

import collections
import random
import unicodedata

PEOPLE, DUPLICATE = 100_000, 32
FIRST_NAMES = """
    Maria José Ana João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Luís Gabriel Rafael Francisca Daniel Marcelo
    Bruno Eduardo Felipe Raimundo Rodrigo Manoel Mateus André Fernando Fábio Leonardo Gustavo Guilherme Leandro Tiago
    Ânderson Ricardo Márcio Jorge Sebastião Alexandre Roberto Édson Diego Vítor Sérgio Cláudio Antônia Adriana Juliana
    Márcia Fernanda Patrícia Aline Sandra Camila Amanda Bruna Jéssica Letícia Júlia Luciana Vanessa Mariana Gabriela
    Valéria Cecília Zuleica Inês Íris Úrsula Beatriz Larissa Heloísa Thaís Elisângela""".split()
LAST_NAMES = """
    Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho Almeida Lopes
    Soares Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso
    Ramos Gonçalves Santana Teixeira Araújo Conceição Simões Guimarães Assunção Müller Köhler Muñoz Peña Yamaguchi
    Nakamura Rossi Bianchi Kowalski Abdalla Haddad Sá Brandão Leão Galvão Magalhães Frazão Falcão Beltrão Quintão""".split()
STREETS = """Flores Palmeiras Acácias Laranjeiras Ipês Andradas Bandeirantes Inconfidentes Tupinambás Guaranis Aimorés
    Timbiras Caetés Goitacazes Tamoios Carijós""".split()
MAIL_HOSTS = ("gmail.com", "hotmail.com", "outlook.com", "yahoo.com.br", "uol.com.br", "bol.com.br", "terra.com.br")
AREAS = ("11", "21", "31", "41", "51", "61", "71", "81", "85", "19", "47", "27", "62", "92")

Person = collections.namedtuple("Person", "name first last mailbox host phone phone_key document document_key birthday "
                                          "address")
COLUMNS = ", ".join(field + " text NOT NULL" for field in Person._fields)


def _people():
    chance, people = random.Random(1), []
    for place in range(PEOPLE):
        person = _person(chance)
        if place % DUPLICATE == DUPLICATE - 1:
            person = _duplicate(chance, person, people[-1])
        people.append(person)
    return people


def _person(chance):
    first, last = _frequent(chance, FIRST_NAMES), f"{_frequent(chance, LAST_NAMES)} {_frequent(chance, LAST_NAMES)}"
    if chance.random() < 0.25:
        last = f"{_frequent(chance, FIRST_NAMES)} {last}"
    area, line, cpf = chance.choice(AREAS), f"{chance.randrange(10**7, 9 * 10**7)}", _cpf(chance)
    return Person(
        f"{first} {last}", first, last, f"{_ascii(first)}.{_ascii(last.split()[-1])}", _frequent(chance, MAIL_HOSTS),
        f"({area}) 9{line[:4]}-{line[4:]}", f"+55{area}9{line}", f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}", cpf,
        f"{chance.randrange(1940, 2008)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}",
        f"Rua das {chance.choice(STREETS)}, {chance.randrange(1, 3000)}")


def _duplicate(chance, other, person):
    """The same person, with the phone or document of another one, or with a letter left out of the last name."""
    kind = chance.randrange(3)
    if kind == 0:
        return person._replace(phone=other.phone, phone_key=other.phone_key, mailbox=other.mailbox, host=other.host)
    if kind == 1:
        return person._replace(document=other.document, document_key=other.document_key, address=other.address)
    last = person.last[:-2] + person.last[-1]
    return person._replace(name=f"{person.first} {last}", last=last)


def _frequent(chance, words):
    """A word; those at the front are more frequent."""
    return words[int(len(words) * chance.random() ** 2)]


def _cpf(chance):
    """A CPF with its check digits (Receita Federal): the weighted sum modulo 11, twice."""
    digits = [chance.randrange(10) for _ in range(9)]
    for _ in range(2):
        weights = range(len(digits) + 1, 1, -1)
        digits.append(sum(digit * weight for digit, weight in zip(digits, weights)) * 10 % 11 % 10)
    return "".join(map(str, digits))


def _ascii(word):
    return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode().lower()


PERSONS = _people()


def of(number):
    """The person of a customer's number."""
    return PERSONS[number % PEOPLE]


def lines():
    """All people, one in a line, with tabs between the fields: for Lua and COPY."""
    return "".join("\t".join(person) + "\n" for person in PERSONS)


def table():
    """The SQL that creates the table bench_person, with the people at their places."""
    rows = "".join(f"{place}\t" + "\t".join(person) + "\n" for place, person in enumerate(PERSONS))
    return (f"CREATE TABLE bench_person (place integer PRIMARY KEY, {COLUMNS});\n"
            f"COPY bench_person FROM stdin;\n{rows}\\.\nVACUUM ANALYZE bench_person;\n")
