import type { NamePool } from './names.js';

/** Names in Latin letters. */
export const NAMES_EN = {
  british: {
    female: [
      'Emily Charlotte Olivia Grace Hannah Lucy Sophie Alice Harriet Eleanor Jessica Rebecca Rachel Imogen Beth Laura',
      'Megan Clara Rosie Phoebe Claire Joanna Helen Fiona Isla Heather Catriona Naomi Judith Margaret',
    ],
    male: [
      'James Oliver Thomas William George Henry Daniel Samuel Benjamin Jack Edward Matthew Joseph Adam Luke Peter David',
      'Robert Simon Martin Callum Ewan Rory Gareth Owen Toby Hugh Neil Stephen Philip',
    ],
    surnames: [
      'Smith Taylor Brown Wilson Davies Evans Thomas Roberts Walker Wright Robinson Thompson White Hughes Edwards Green',
      'Hall Wood Harris Clarke Turner Cooper Ward Baker Mitchell Carter Phillips Bennett Marshall Fraser Campbell Murray',
      'Macdonald Sinclair Reid Ashworth Holloway Whitaker Pemberton Lowe Barrett Fletcher Hartley Kirby',
    ],
  },
  irish: {
    female: ['Aoife Niamh Ciara Siobhan Roisin Orla Sinead Maeve Grainne Deirdre'],
    male: ['Conor Sean Cian Eoin Declan Fergus Padraig Brendan Darragh Ronan'],
    surnames: [
      "Murphy Kelly O'Sullivan Walsh O'Brien Byrne Ryan O'Connor Doyle McCarthy Gallagher Kennedy Lynch Nolan",
    ],
  },
  american: {
    female: ['Madison Ashley Rachel Monica Jasmine Danielle Brooke Vanessa Leah Maya Simone Erica'],
    male: ['Ethan Tyler Marcus Brandon Kevin Jordan Aaron Andre Justin Carlos Nathan Eric'],
    surnames: [
      'Johnson Williams Miller Garcia Rodriguez Anderson Jackson Goldberg Rosen Nguyen Kim Rivera Brooks Coleman Foster',
    ],
  },
  indian: {
    female: ['Priya Ananya Meera Kavita Nisha Divya'],
    male: ['Arjun Rahul Ravi Sanjay Vikram Nikhil'],
    surnames: ['Patel Sharma Iyer Mehta Desai Nair Gupta Rao'],
  },
  pakistani: {
    female: ['Aisha Fatima Zainab Sana Maryam Hira'],
    male: ['Omar Hassan Bilal Imran Usman Zain'],
    surnames: ['Khan Ahmed Hussain Malik Qureshi Siddiqui Butt Chaudhry'],
  },
  nigerian: {
    female: ['Amara Ngozi Ifeoma Adaeze Chioma Temi'],
    male: ['Chidi Emeka Tunde Femi Obinna Kelechi'],
    surnames: ['Okafor Adeyemi Balogun Eze Nwosu Okonkwo Adebayo Obi'],
  },
  polish: {
    female: ['Agnieszka Magda Kasia Monika Ewa Zofia'],
    male: ['Piotr Marek Tomasz Jakub Pawel Adam'],
    surnames: ['Nowak Wozniak Mazur Kaczmarek Wrona Zielinsk|i/a Kowalsk|i/a'],
  },
  italian: {
    female: ['Chiara Francesca Giulia Elisa Martina Silvia'],
    male: ['Matteo Lorenzo Marco Davide Andrea Paolo'],
    surnames: ['Rossi Bianchi Romano Colombo Ricci Marino Conti Ferrari'],
  },
  german: {
    female: ['Anna Lena Katharina Julia Sabine Franziska Johanna Miriam Greta Ulrike'],
    male: ['Lukas Jonas Felix Sebastian Florian Matthias Moritz Tobias Stefan Henrik'],
    surnames: [
      'Schneider Fischer Weber Wagner Becker Hoffmann Schäfer Koch Richter Neumann Zimmermann Krüger Vogel Brandt Winkler',
    ],
  },
  dutch: {
    female: ['Sanne Femke Lotte Anouk Marieke Eva'],
    male: ['Daan Bram Jeroen Pieter Thijs Ruben'],
    surnames: ['Jansen Bakker Visser Smit Mulder Dekker Hendriks Kuipers'],
  },
  portuguese: {
    female: ['Beatriz Inês Mariana Carolina Leonor Rita'],
    male: ['João Tiago Miguel Rui Duarte Nuno'],
    surnames: ['Silva Santos Ferreira Pereira Costa Almeida Carvalho Marques'],
  },
  georgian: {
    female: ['Nino Tamar Ketevan Mariam Natia Eka Salome Lana'],
    male: ['Giorgi Levan Davit Irakli Zaza Luka Sandro Nika'],
    surnames: ['Bezhanishvili Kipiani Gogoberidze Chkheidze Mchedlidze Japaridze Abashidze Lomidze Tsereteli Kancheli'],
  },
  kazakh: {
    female: ['Aigerim Dana Aruzhan Assel Zhanar Madina Gulmira Saule Tomiris Kamila'],
    male: ['Daniyar Nurlan Yerlan Alisher Arman Sanzhar Temirlan Bauyrzhan Dias Kanat'],
    surnames: ['Akhmetov/a Saparov/a Nurlanov/a Kassymov/a Ospanov/a Zhumabayev/a Iskakov/a Tulegenov/a'],
  },
} satisfies Record<string, NamePool>;
